/**
 * `npm run verify-ledger`: verifies a ledger's audit trail and what stands beside it, over a connection that only reads; the
 * app may run meanwhile. Exit code 0 when all fits, 1 when something doesn't, 2 when it could not be verified.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type AuditHead, auditHeadSchema, type LedgerCheck } from '../contract/ledger.ts';
import { ledgerError } from './adapters/storage/ledger/failures.ts';
import { ledgerTasks } from './adapters/storage/ledger/ledger-tasks.ts';
import { wordsOfDefect } from './adapters/storage/ledger/verify-words.ts';
import { defaultDataFolder, modeFolder } from './hosts/data-folder.ts';

const usage = `Usage: npm run verify-ledger -- [--practice] [--data-dir DIR | --ledger FILE] [--head SEQ:HASH]
  --data-dir DIR   the folder that the app was started with; without it, this system's own place
  --ledger FILE    any ledger or backup
  --head SEQ:HASH  a head from a receipt or an export: the ledger must still hold that row`;

class Refusal extends Error {}

interface Wish {
  readonly path: string;
  readonly head: AuditHead | null;
}

function readWish(args: readonly string[]): Wish {
  const options = {
    practice: { type: 'boolean' },
    'data-dir': { type: 'string' },
    ledger: { type: 'string' },
    head: { type: 'string' },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  const workDir = process.env.INIT_CWD ?? process.cwd();
  if (values.ledger !== undefined && (values['data-dir'] !== undefined || values.practice === true))
    throw new Refusal('--ledger names the file itself: leave the other places out.');
  const root =
    values['data-dir'] === undefined
      ? defaultDataFolder({ platform: process.platform, home: homedir(), env: process.env })
      : resolve(workDir, values['data-dir']);
  const ofApp = join(modeFolder(root, values.practice ?? false), 'ledger.sqlite');
  return {
    path: values.ledger === undefined ? ofApp : resolve(workDir, values.ledger),
    head: values.head === undefined ? null : readHead(values.head),
  };
}

function readHead(given: string): AuditHead {
  const [, seq, hash] = /^(\d+):([0-9a-fA-F]{64})$/.exec(given.trim()) ?? [];
  const parsed = auditHeadSchema.safeParse({ seq: Number(seq), hash: hash?.toLowerCase() });
  if (!parsed.success)
    throw new Refusal('--head takes the number and the hash as a receipt has them, such as 412:3f9a….');
  return parsed.data;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function report({ path, head: given }: Wish, check: LedgerCheck): number {
  say(`Ledger: ${path}`);
  if (check.defect !== null) {
    say(`NOT INTACT. ${wordsOfDefect(check.defect)}`);
    say(`Up to row ${check.head.seq} the audit trail fits.`);
    say('Leave the file as it is and make a copy of it. docs/ledger.md says what to do next.');
    return 1;
  }
  say(
    `Intact: ${check.checkedEvents} rows of the audit trail and ${check.checkedRecords} usage records fit together.`,
  );
  if (given !== null) say(`It holds the given row ${given.seq}, unchanged.`);
  say(`Head: ${check.head.seq}:${check.head.hash}`);
  return 0;
}

function main(): number {
  try {
    const wish = readWish(process.argv.slice(2));
    if (!existsSync(wish.path)) throw new Refusal(`There is no ledger at ${wish.path}.`);
    try {
      return report(wish, ledgerTasks.verify(wish));
    } catch (cause) {
      const known = ledgerError(cause, wish.path);
      if (known === null) throw cause;
      const detail = 'detail' in known ? known.detail : known.kind;
      say(`Ledger: ${wish.path}`);
      say(
        known.kind === 'ledger-damaged'
          ? `NOT INTACT. The file can't be read as a ledger: ${detail}.`
          : `It could not be verified: ${detail}.`,
      );
      return known.kind === 'ledger-damaged' ? 1 : 2;
    }
  } catch (cause) {
    const isOurs = cause instanceof Refusal || (cause instanceof TypeError && 'code' in cause);
    process.stderr.write(`${isOurs ? `${cause.message}\n${usage}` : String(cause)}\n`);
    return 2;
  }
}

process.exitCode = main();
