/**
 * The fuses of the packaged binary: what Electron is able to do at all, whatever the app's own code says.
 * https://www.electronjs.org/docs/latest/tutorial/fuses
 */
import {
  type FuseConfig,
  FuseState,
  FuseV1Options,
  FuseVersion,
  flipFuses,
  getCurrentFuseWire,
} from '@electron/fuses';
import type { Configuration } from 'electron-builder';

/** Those that are not named here stay as Electron ships them: no snapshot of our own, WebAssembly as it is. */
export const fuses = {
  // The binary must not run scripts for others.
  runAsNode: false,
  // One-way: a store that was encrypted once can't be read without, so it is on from the first release.
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  // The two belong together: only the archive is loaded, and only as it was packed.
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  // Nothing is served from `file:`.
  grantFileProtocolExtraPrivileges: false,
} as const satisfies Configuration['electronFuses'];

const declared: ReadonlyMap<FuseV1Options, boolean> = new Map([
  [FuseV1Options.RunAsNode, fuses.runAsNode],
  [FuseV1Options.EnableCookieEncryption, fuses.enableCookieEncryption],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, fuses.enableNodeOptionsEnvironmentVariable],
  [FuseV1Options.EnableNodeCliInspectArguments, fuses.enableNodeCliInspectArguments],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, fuses.enableEmbeddedAsarIntegrityValidation],
  [FuseV1Options.OnlyLoadAppFromAsar, fuses.onlyLoadAppFromAsar],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, fuses.grantFileProtocolExtraPrivileges],
]);

/** State by the fuse's place in the wire; the version of the wire is left out. */
type Wire = ReadonlyMap<number, number>;

/**
 * Sets the declared fuses in a binary of Electron (on macOS: in its `.app`), before anything signs it, and reads them back.
 * Rejects as `checkFuses` does.
 */
export async function setFuses(binary: string): Promise<void> {
  const before = await readWire(binary);
  await flipFuses(binary, { version: FuseVersion.V1, ...Object.fromEntries(declared) });
  await checkFuses(binary, before);
}

/**
 * Reads the fuses back from a binary. Rejects with the name of each one that isn't as declared, that this version doesn't know, or
 * that was left to Electron and isn't as it was `before`.
 */
export async function checkFuses(binary: string, before: Wire | null = null): Promise<void> {
  const wire = await readWire(binary);
  const problems = [
    ...[...declared].flatMap(([fuse, on]) => {
      const state = wire.get(fuse);
      return state === stateOf(on)
        ? []
        : [`${FuseV1Options[fuse]} should be ${on ? 'on' : 'off'} but is ${nameOf(state)}`];
    }),
    ...[...wire].flatMap(([fuse, state]) => {
      if (FuseV1Options[fuse] === undefined) return [`fuse ${fuse} is new and nobody has decided on it`];
      const left = !declared.has(fuse) && before !== null;
      return left && state !== before.get(fuse)
        ? [`${FuseV1Options[fuse]} was changed, and nothing asked for it`]
        : [];
    }),
  ];
  if (problems.length > 0) throw new Error(`The fuses of ${binary} are wrong: ${problems.join('; ')}.`);
}

async function readWire(binary: string): Promise<Wire> {
  const config: FuseConfig<FuseState> = await getCurrentFuseWire(binary);
  const places = Object.entries(config).filter(([place]) => /^\d+$/.test(place));
  return new Map(places.map(([place, state]) => [Number(place), Number(state)]));
}

const stateOf = (on: boolean): FuseState => (on ? FuseState.ENABLE : FuseState.DISABLE);

function nameOf(state: number | undefined): string {
  if (state === FuseState.ENABLE) return 'on';
  if (state === FuseState.DISABLE) return 'off';
  return state === FuseState.REMOVED ? 'removed from this Electron' : 'not there';
}
