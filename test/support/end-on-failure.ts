import fc from 'fast-check';

// A mutant is killed by any failure, small or not, and by the same one in each run.
fc.configureGlobal({ endOnFailure: true, seed: 1 });
