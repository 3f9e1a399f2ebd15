/** What the about box says, and what its button copies: enough for a report, and nothing of the person. */

export interface AboutFacts {
  readonly appVersion: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
  /** Such as `linux 6.1.0 x64`. */
  readonly system: string;
}

/** One line a version; those that this runtime does not have are left out. */
export function aboutText({ appVersion, versions, system }: AboutFacts): string {
  const known = [
    ['Usage Desk', appVersion],
    ['Electron', versions.electron],
    ['Chromium', versions.chrome],
    ['Node', versions.node],
    ['SQLite', versions.sqlite],
    ['System', system],
  ] as const;
  return known.flatMap(([name, version]) => (version === undefined ? [] : `${name}: ${version}`)).join('\n');
}
