/**
 * Opens one address or file in the system browser. Runs as a worker of its own, because a worker can be given the environment
 * that the person started the app with: what it starts must not inherit practice's home.
 */
import { workerData } from 'node:worker_threads';
import open from 'open';

await open(String(workerData));
