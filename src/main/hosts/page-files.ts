/** Which file of the built page an address path stands for. Both hosts serve the page by this one rule. */
import { extname, isAbsolute, relative, resolve, sep } from 'node:path';

export interface PageFile {
  readonly path: string;
  readonly mediaType: string;
  /** Files under `assets/` carry a hash of their content in their name. */
  readonly cacheControl: string;
}

/** What the build makes, and nothing else is served. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.woff2': 'font/woff2',
};

/**
 * Finds the file of `rawPath`, the path of a request as it arrived, still encoded and without its query. Null when it is
 * no plain path to a kind of file that the page has inside `pageDir`. Whether the file exists is not looked at.
 */
export function findPageFile(pageDir: string, rawPath: string): PageFile | null {
  const path = decodePath(rawPath);
  if (path === null) return null;
  const root = resolve(pageDir);
  const file = resolve(root, `.${path === '/' ? '/index.html' : path}`);
  const inside = relative(root, file);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return null;
  const mediaType = mediaTypes[extname(file).toLowerCase()];
  if (mediaType === undefined) return null;
  const hashed = inside.startsWith(`assets${sep}`);
  return {
    path: file,
    mediaType,
    cacheControl: hashed ? 'private, max-age=31536000, immutable' : 'no-store',
  };
}

/** Decodes once. Refuses what no link of ours has: dot segments, backslashes, control characters, names that begin with a dot. */
function decodePath(rawPath: string): string | null {
  if (!rawPath.startsWith('/')) return null;
  try {
    const path = decodeURIComponent(rawPath);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
    if (/[\\\u0000-\u001f\u007f:]/.test(path)) return null;
    const segments = path.slice(1).split('/');
    return segments.some((segment) => segment.startsWith('.')) || path.includes('//') ? null : path;
  } catch {
    return null;
  }
}
