import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import buildConfig from '../../../electron.vite.config.ts';
import config from '../../../electron-builder.config.ts';
import { checkFuses, fuses, setFuses } from '../../../packaging/fuses.ts';

/** Marks the wire in every binary of Electron: https://www.electronjs.org/docs/latest/tutorial/fuses */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron ships them, in the order of the wire. */
const shipped = '101100011';
const set = '010011001';

let folder: string;
let binary: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-desk-fuses-'));
  binary = join(folder, 'usage-desk');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file of which only the wire is Electron's: version, length, one character a fuse. */
function writeBinary(wire: string, path = binary): void {
  const noise = Buffer.alloc(5_000, 'x');
  writeFileSync(
    path,
    Buffer.concat([noise, Buffer.from(sentinel), Buffer.from([1, wire.length]), Buffer.from(wire), noise]),
  );
}

async function wireOf(path = binary): Promise<string> {
  const { version: _, ...states } = await getCurrentFuseWire(path);
  return String.fromCharCode(...Object.values(states).map(Number));
}

describe('the fuses', () => {
  it('are declared for the packager, each on or off for its reason', () => {
    expect(config.electronFuses).toBe(fuses);
    expect(fuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(config.asar).toBe(true);
  });

  it('fit what is packed: every file of code lies in the archive, the workers among them', () => {
    // What is unpacked beside the archive is not covered by its digest. Worker threads read from the archive as the main thread does:
    // https://github.com/electron/electron/pull/33216
    expect(config).not.toHaveProperty('asarUnpack');
    expect(config).not.toHaveProperty('disableAsarIntegrity');
    expect(config).not.toHaveProperty('extraResources');
    expect(config.files).toEqual(['out/**', 'package.json', '!**/*.map', '!out/.*', '!**/node_modules/**']);
    const entries = buildConfig.main?.build?.rolldownOptions?.input;
    expect(entries).toMatchObject({
      index: expect.any(String),
      'ledger-worker': expect.any(String),
      'open-address': expect.any(String),
    });
  });

  it('are set in the packaged binary before it is signed, and those not named stay as Electron ships them', async () => {
    writeBinary(shipped);
    await config.afterPack({ appOutDir: folder, electronPlatformName: 'linux' } as never);
    expect(await wireOf()).toBe(set);
  });

  it('are set in the program of Windows under its own name', async () => {
    const program = join(folder, 'Usage Desk.exe');
    writeBinary(shipped, program);
    await config.afterPack({ appOutDir: folder, electronPlatformName: 'win32' } as never);
    expect(await wireOf(program)).toBe(set);
  });

  it('are read back from a binary that was flipped by the same table', async () => {
    writeBinary(shipped);
    await flipFuses(binary, {
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: false,
      [FuseV1Options.EnableCookieEncryption]: true,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: false,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
      [FuseV1Options.OnlyLoadAppFromAsar]: true,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    });
    await expect(checkFuses(binary)).resolves.toBeUndefined();
  });

  it('end the packaging when one differs, each by its name', async () => {
    for (const [place, state] of [...set].entries()) {
      writeBinary(`${set.slice(0, place)}${state === '1' ? '0' : '1'}${set.slice(place + 1)}`);
      const left =
        place === FuseV1Options.LoadBrowserProcessSpecificV8Snapshot ||
        place === FuseV1Options.WasmTrapHandlers;
      if (left) await expect(checkFuses(binary)).resolves.toBeUndefined();
      else await expect(checkFuses(binary)).rejects.toThrow(`${FuseV1Options[place]} should be`);
    }
  });

  it('end the packaging when Electron removed one that we rely on', async () => {
    writeBinary(`r${shipped.slice(1)}`);
    await expect(checkFuses(binary)).rejects.toThrow(
      'RunAsNode should be off but is removed from this Electron',
    );
  });

  it('end the packaging when Electron has one that nobody decided on', async () => {
    writeBinary(`${shipped}1`);
    await expect(setFuses(binary)).rejects.toThrow('fuse 9 is new and nobody has decided on it');
  });

  it('end the packaging when the binary has none', async () => {
    writeFileSync(binary, 'no Electron at all');
    await expect(setFuses(binary)).rejects.toThrow(/sentinel/);
  });
});
