import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type PracticeOptions, startPracticeAws } from './start-practice.ts';

const usage = 'npm run practice-aws -- [--port N] [--agreements N] [--seed N] [--world FILE]';

function readWhole(name: string, text: string | undefined, max: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text) && Number(text) <= max) return Number(text);
  throw new Error(`--${name} must be a whole number from 0 to ${max}, not "${text}".`);
}

async function readOptions(args: string[]): Promise<PracticeOptions> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { port: text, agreements: text, seed: text, world: text } });
  const port = readWhole('port', values.port, 65_535);
  const agreements = readWhole('agreements', values.agreements, 1_000_000);
  const seed = readWhole('seed', values.seed, 2 ** 32 - 1);
  return {
    ...(port === undefined ? {} : { port }),
    ...(agreements === undefined ? {} : { agreements }),
    ...(seed === undefined ? {} : { seed }),
    ...(values.world === undefined ? {} : { world: await readWorld(values.world) }),
  };
}

async function readWorld(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new Error(`--world ${path} can't be read as JSON: ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function main(): Promise<void> {
  const options = await readOptions(process.argv.slice(2));
  const practice = await startPracticeAws(options);
  const end = (): void => {
    practice.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  process.stdout.write(`Practice AWS is ready: ${practice.url}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\nUsage: ${usage}\n`);
  process.exitCode = 1;
});
