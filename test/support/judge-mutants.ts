import fc from 'fast-check';

// A mutant is killed by any failure, small or not; the same seed kills the same mutants in each run.
fc.configureGlobal({ endOnFailure: true, seed: 1, numRuns: 25 });
