/** Secrets that are looked for: those that a test planted, and every one that passed between the app and AWS. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';

/** So many characters in a row of a secret are a leak: a message may have been cut. */
const windowLength = 16;

/** What every such token begins with, and so tells nothing. */
const commonFront = /^(?:IQoJb3JpZ2lu|eyJ[\w-]+\.)/;

/** Where secrets stand in what passes between the app and AWS. */
const places = [
  /"(?:accessToken|refreshToken|idToken|clientSecret|code|codeVerifier|deviceCode|secretAccessKey|sessionToken)"\s*:\s*"([^"]+)"/gi,
  /<(?:SecretAccessKey|SessionToken)>([^<]+)</g,
  /"(?:x-amz-(?:sso_bearer|security)[-_]token|dpop)"\s*:\s*"([^"]+)"/gi,
  /Signature=([0-9a-f]{64})/g,
];

export interface Canaries {
  readonly plant: (secret: string) => void;
  /** A code of a few digits, which is a leak only where it stands for itself: in a longer number or in hex it is chance. */
  readonly plantCode: (code: string) => void;
  /** Takes the secrets out of what passed. */
  readonly learn: (text: string) => void;
  readonly known: () => readonly string[];
  /** The first piece of a secret that is in there, as it is, percent-encoded or in base64, also in zip and gzip; null for none. */
  readonly findIn: (content: Buffer) => string | null;
}

export function createCanaries(): Canaries {
  const secrets = new Set<string>();
  const codes = new Set<string>();
  const plant = (secret: string): void => {
    if (secret.replace(commonFront, '').length >= windowLength) secrets.add(secret);
  };
  const codeIn = (text: string): string | null =>
    [...codes].find((code) => new RegExp(`(?<![0-9a-f.])${code}(?![0-9a-f])`).test(text)) ?? null;
  return {
    plant,
    plantCode: (code) => void codes.add(code),
    learn: (text) => {
      for (const place of places) for (const [, secret] of text.matchAll(place)) plant(secret ?? '');
    },
    known: () => [...secrets],
    findIn: (content) => {
      const windows = windowsOf([...secrets]);
      return textsOf(content).reduce<string | null>(
        (found, text) => found ?? firstIn(text, windows) ?? codeIn(text),
        null,
      );
    },
  };
}

/** Every file below `folder`, by its path in there. */
export function filesIn(folder: string): ReadonlyMap<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path.slice(folder.length + 1), readFileSync(path)];
    }),
  );
}

function windowsOf(secrets: readonly string[]): ReadonlySet<string> {
  const windows = new Set<string>();
  const add = (text: string): void => {
    for (let at = 0; at + windowLength <= text.length; at += 1)
      windows.add(text.slice(at, at + windowLength));
  };
  for (const secret of secrets) {
    const own = secret.replace(commonFront, '');
    add(own);
    // In base64 a text looks in one of three ways, by where it begins; its ends depend on what is beside it.
    for (const before of ['', 'x', 'xx'])
      add(
        Buffer.from(before + own)
          .toString('base64')
          .slice(4, -4),
      );
  }
  return windows;
}

function firstIn(text: string, windows: ReadonlySet<string>): string | null {
  for (let at = 0; at + windowLength <= text.length; at += 1) {
    const window = text.slice(at, at + windowLength);
    if (windows.has(window)) return window;
  }
  return null;
}

/** What is readable in there: the bytes as they are, without percent-encoding and JSON's escapes, and what is packed in them. */
function textsOf(content: Buffer): readonly string[] {
  const raw = content.toString('latin1');
  const plain = raw
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll('\\/', '/');
  return [raw, ...(plain === raw ? [] : [plain]), ...packed(content).flatMap(textsOf)];
}

function packed(content: Buffer): readonly Buffer[] {
  if (content.subarray(0, 2).equals(Buffer.from([0x1f, 0x8b]))) return [gunzipSync(content)];
  if (content.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1')))
    return Object.values(unzipSync(content)).map((part) => Buffer.from(part));
  return [];
}
