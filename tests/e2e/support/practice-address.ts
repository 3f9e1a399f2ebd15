import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the practice AWS of an app that runs on this data folder listens. */
export function practiceAddress(dataDir: string): string {
  const facts: unknown = JSON.parse(readFileSync(join(dataDir, 'practice', 'practice-aws.json'), 'utf8'));
  if (typeof facts === 'object' && facts !== null && 'url' in facts && typeof facts.url === 'string') {
    return facts.url;
  }
  throw new Error('practice-aws.json names no address');
}
