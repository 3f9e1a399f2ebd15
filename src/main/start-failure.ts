/** One clear sentence for a start that failed. */

export interface StartFacts {
  readonly dataDir: string;
  readonly port: number;
}

/** Takes what was thrown and gives the sentence, with what to do where that is known. */
export function describeStartFailure(cause: unknown, { dataDir, port }: StartFacts): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const folder = `its data folder ${dataDir}`;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `Usage Desk may not write to ${folder} (${code}). Choose another with --data-dir DIR.`;
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EEXIST':
      return `Usage Desk can't make ${folder} (${code}): something on that path is no folder. Choose another with --data-dir DIR.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `There is no space left for ${folder} (${code}). Free some and start again.`;
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Choose another with --port N, or leave it out.`;
    case 'ERR_SQLITE_ERROR':
      return `Usage Desk can't use ${folder}: ${messageOf(cause)}. Choose another with --data-dir DIR.`;
    default:
      return `Usage Desk could not start: ${messageOf(cause)}`;
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
