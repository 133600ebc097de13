/** Preloaded into a process that is measured: answers each message with the CPU time that the process has used. */
import process from 'node:process';

process.on('message', () => process.send(process.cpuUsage()));
