/** What can be said to the app when it starts. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface StartOptions {
  readonly practice: boolean;
  /** Absolute, or null for this system's own place. */
  readonly dataDir: string | null;
  /** Port of the browser host; 0 takes any free one. */
  readonly port: number;
  /** Whether the launch address may be opened in the system browser. */
  readonly openLaunch: boolean;
  /** Whether sign-in pages may be. */
  readonly openSignIn: boolean;
}

export type ParsedOptions =
  | { readonly kind: 'options'; readonly options: StartOptions }
  | { readonly kind: 'refused'; readonly message: string };

export const usageLine =
  'Usage: npm start -- [--practice] [--browser] [--data-dir DIR] [--port N] [--no-open]';

const flags = {
  practice: { type: 'boolean' },
  /** Chooses the host; whoever reads this is that host already. */
  browser: { type: 'boolean' },
  'data-dir': { type: 'string' },
  port: { type: 'string' },
  /** Opens nothing at all: the sign-in page's address is shown in the page. */
  'no-open': { type: 'boolean' },
  /** The page that asked for this start goes to the launch address itself. */
  'no-launch': { type: 'boolean' },
} as const;

/**
 * Reads the arguments after the program's own. `lenient` passes over what it does not know: Electron and Chromium take
 * switches of their own from the same line. Relative folders count from `workDir`.
 */
export function parseStartOptions(
  args: readonly string[],
  { workDir, lenient = false }: { readonly workDir: string; readonly lenient?: boolean },
): ParsedOptions {
  const { tokens } = parseArgs({ args: [...args], options: flags, strict: false, tokens: true });
  const texts: Record<string, string> = {};
  const given = new Set<string>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      if (!lenient) return refused(`"${token.value}" is not an option of Usage Desk.`);
      continue;
    }
    const flag = Object.hasOwn(flags, token.name) ? flags[token.name as keyof typeof flags] : undefined;
    if (flag === undefined || token.rawName !== `--${token.name}`) {
      if (!lenient) return refused(`Usage Desk has no option ${token.rawName}.`);
      continue;
    }
    if (flag.type === 'boolean' && token.value !== undefined) {
      return refused(`${token.rawName} takes no value.`);
    }
    if (flag.type === 'string') {
      if (token.value === undefined || token.value === '') return refused(`${token.rawName} needs a value.`);
      texts[token.name] = token.value;
    }
    given.add(token.name);
  }
  const port = texts.port ?? '0';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    return refused(`--port takes a number from 0 to 65535, not "${port}".`);
  }
  const dataDir = texts['data-dir'];
  return {
    kind: 'options',
    options: {
      practice: given.has('practice'),
      dataDir: dataDir === undefined ? null : resolve(workDir, dataDir),
      port: Number(port),
      openLaunch: !given.has('no-open') && !given.has('no-launch'),
      openSignIn: !given.has('no-open'),
    },
  };
}

const refused = (message: string): ParsedOptions => ({
  kind: 'refused',
  message: `${message}\n${usageLine}`,
});
