/** The scheme from which the window loads the page, in the place of `file:`: https://www.electronjs.org/docs/latest/api/protocol */
import { readFile } from 'node:fs/promises';
import { findPageFile } from '../page-files.ts';
import { securityHeaders } from '../security-headers.ts';

export const appScheme = 'app';
const host = 'usage-desk';
export const appOrigin = `${appScheme}://${host}`;

/** To be registered before the app is ready. Standard and secure, so that it has an origin of its own and the page's APIs. */
export const appSchemePrivileges = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true },
} as const;

export interface SchemeRequest {
  readonly method: string;
  readonly url: string;
}

/** Answers requests of the scheme from the built page in `pageDir`; everything else is 404 or 405. */
export function createAppScheme({ pageDir }: { readonly pageDir: string }) {
  return async (request: SchemeRequest): Promise<Response> => {
    if (request.method !== 'GET') return refuse(405);
    const path = pathOf(request.url);
    const found = path === null ? null : findPageFile(pageDir, path);
    if (found === null) return refuse(404);
    try {
      const content = await readFile(found.path);
      return new Response(new Uint8Array(content), {
        headers: {
          ...securityHeaders,
          'content-type': found.mediaType,
          'cache-control': found.cacheControl,
        },
      });
    } catch {
      return refuse(404);
    }
  };
}

/** The path as it was written, still encoded; null for another host. Parsing would tidy dot segments away unseen. */
function pathOf(url: string): string | null {
  if (!url.startsWith(`${appOrigin}/`) && url !== appOrigin) return null;
  const rest = url.slice(appOrigin.length).split(/[?#]/)[0] ?? '';
  return rest === '' ? '/' : rest;
}

const refuse = (status: number): Response => new Response(null, { status, headers: securityHeaders });
