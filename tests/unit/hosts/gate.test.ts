import { describe, expect, it } from 'vitest';
import { decide, type RequestFacts } from '../../../src/main/hosts/loopback/gate.ts';

const policy = { port: 4100, maxBodyBytes: 1000, maxUploadBytes: 5000 };
const own = 'http://127.0.0.1:4100';

const aCall = (given: Partial<RequestFacts> = {}): RequestFacts => ({
  method: 'POST',
  target: '/api/usage.counts',
  host: ['127.0.0.1:4100'],
  origin: [own],
  secFetchSite: 'same-origin',
  secFetchMode: 'cors',
  secFetchDest: 'empty',
  contentType: 'application/json',
  contentEncoding: null,
  contentLength: 2,
  hasSession: true,
  ...given,
});

const aGet = (target: string, given: Partial<RequestFacts> = {}): RequestFacts =>
  aCall({ method: 'GET', target, origin: [], contentType: null, contentLength: null, ...given });

const anUpload = (given: Partial<RequestFacts> = {}): RequestFacts =>
  aCall({ target: '/uploads/abc', contentType: 'application/octet-stream', contentLength: 4000, ...given });

const aVisit = (target: string, given: Partial<RequestFacts> = {}): RequestFacts =>
  aGet(target, {
    secFetchSite: 'none',
    secFetchMode: 'navigate',
    secFetchDest: 'document',
    hasSession: false,
    ...given,
  });

describe('the gate lets in', () => {
  it.each([
    ['a call of our own page', aCall(), { kind: 'call', name: 'usage.counts' }],
    [
      'a call that names its charset',
      aCall({ contentType: 'application/json; charset=UTF-8' }),
      { kind: 'call', name: 'usage.counts' },
    ],
    [
      'a call whatever its name is, for dispatch to refuse',
      aCall({ target: '/api/__proto__' }),
      { kind: 'call', name: '__proto__' },
    ],
    ['the event stream of our own page', aGet('/events'), { kind: 'events' }],
    ['a download of our own page', aGet('/downloads/abc'), { kind: 'download', id: 'abc' }],
    ['an upload of our own page', anUpload(), { kind: 'upload', id: 'abc' }],
    ['the page from the address line', aVisit('/'), { kind: 'page', path: '/' }],
    [
      'the page after a launch from a file, cross-site and without a cookie',
      aVisit('/', { secFetchSite: 'cross-site' }),
      { kind: 'page', path: '/' },
    ],
    [
      'a part of the page',
      aGet('/assets/a.js', { secFetchMode: 'no-cors', secFetchDest: 'script' }),
      { kind: 'page', path: '/assets/a.js' },
    ],
    [
      'a launch address from a terminal',
      aVisit('/launch?code=abc'),
      { kind: 'launch', code: 'abc', fromOtherSite: false },
    ],
    [
      'a launch address from a file',
      aVisit('/launch?code=abc', { secFetchSite: 'cross-site' }),
      { kind: 'launch', code: 'abc', fromOtherSite: true },
    ],
    [
      'a launch address from a page of another port',
      aVisit('/launch?code=abc', { secFetchSite: 'same-site' }),
      { kind: 'launch', code: 'abc', fromOtherSite: true },
    ],
    [
      'a launch address from a program that is no browser',
      aVisit('/launch?code=abc', { secFetchSite: null, secFetchMode: 'cors', secFetchDest: null }),
      { kind: 'launch', code: 'abc', fromOtherSite: false },
    ],
  ])('%s', (_name, facts, route) => {
    expect(decide(facts, policy)).toEqual({ allow: true, route });
  });
});

describe('the gate refuses', () => {
  it.each([
    ['a rebound name', aCall({ host: ['attacker.example:4100'] }), 403, 'wrong-host'],
    ['localhost by name', aVisit('/', { host: ['localhost:4100'] }), 403, 'wrong-host'],
    ['the address of another loopback', aVisit('/', { host: ['127.0.0.2:4100'] }), 403, 'wrong-host'],
    ['IPv6 loopback', aVisit('/', { host: ['[::1]:4100'] }), 403, 'wrong-host'],
    ['a Host without the port', aVisit('/', { host: ['127.0.0.1'] }), 403, 'wrong-host'],
    ['a Host of another port', aVisit('/', { host: ['127.0.0.1:4101'] }), 403, 'wrong-host'],
    ['no Host', aVisit('/', { host: [] }), 403, 'wrong-host'],
    ['two Hosts', aVisit('/', { host: ['127.0.0.1:4100', '127.0.0.1:4100'] }), 403, 'wrong-host'],
    ['an absolute target', aVisit('http://127.0.0.1:4100/'), 400, 'bad-target'],
    ['a target without a slash', aVisit('*'), 400, 'bad-target'],

    ['a call without Origin', aCall({ origin: [] }), 403, 'wrong-origin'],
    [
      'a call from another local port',
      aCall({ origin: ['http://127.0.0.1:4101'], secFetchSite: 'same-site' }),
      403,
      'wrong-origin',
    ],
    ['a call from localhost by name', aCall({ origin: ['http://localhost:4100'] }), 403, 'wrong-origin'],
    ['a call by https', aCall({ origin: ['https://127.0.0.1:4100'] }), 403, 'wrong-origin'],
    ['a call from an opaque origin', aCall({ origin: ['null'] }), 403, 'wrong-origin'],
    ['a call from the web', aCall({ origin: ['https://attacker.example'] }), 403, 'wrong-origin'],
    ['a call with two Origins', aCall({ origin: [own, own] }), 403, 'wrong-origin'],
    [
      'a rebound page, whose Host and Origin agree',
      aCall({ host: ['attacker.example:4100'], origin: ['http://attacker.example:4100'] }),
      403,
      'wrong-host',
    ],
    ['a call that a browser calls same-site only', aCall({ secFetchSite: 'same-site' }), 403, 'cross-site'],
    ['a call without Sec-Fetch-Site', aCall({ secFetchSite: null }), 403, 'cross-site'],
    [
      'a call with Sec-Fetch-Site twice',
      aCall({ secFetchSite: 'same-origin, same-origin' }),
      403,
      'cross-site',
    ],
    ['a call without a session', aCall({ hasSession: false }), 403, 'no-session'],
    ['a call by GET', aGet('/api/usage.counts'), 405, 'wrong-method'],
    ['a preflight', aCall({ method: 'OPTIONS' }), 405, 'wrong-method'],
    ['a call by PUT', aCall({ method: 'PUT' }), 405, 'wrong-method'],
    ['a text body', aCall({ contentType: 'text/plain' }), 415, 'not-json'],
    ['a form body', aCall({ contentType: 'application/x-www-form-urlencoded' }), 415, 'not-json'],
    ['a multipart body', aCall({ contentType: 'multipart/form-data; boundary=x' }), 415, 'not-json'],
    ['a body without a type', aCall({ contentType: null }), 415, 'not-json'],
    [
      'a type that only begins like JSON',
      aCall({ contentType: 'application/json-patch+json' }),
      415,
      'not-json',
    ],
    ['JSON beside another type', aCall({ contentType: 'text/plain, application/json' }), 415, 'not-json'],
    ['another charset', aCall({ contentType: 'application/json; charset=utf-16' }), 415, 'not-json'],
    ['a compressed body', aCall({ contentEncoding: 'gzip' }), 415, 'not-json'],
    ['a body over the limit', aCall({ contentLength: 1001 }), 413, 'too-large'],

    ['events across sites', aGet('/events', { secFetchSite: 'cross-site' }), 403, 'cross-site'],
    ['events from another local port', aGet('/events', { secFetchSite: 'same-site' }), 403, 'cross-site'],
    ['events from the address line', aGet('/events', { secFetchSite: 'none' }), 403, 'cross-site'],
    ['events without Sec-Fetch-Site', aGet('/events', { secFetchSite: null }), 403, 'cross-site'],
    ['events without a session', aGet('/events', { hasSession: false }), 403, 'no-session'],
    ['events by POST', aCall({ target: '/events' }), 405, 'wrong-method'],
    [
      'events with a foreign Origin',
      aGet('/events', { origin: ['http://127.0.0.1:4101'] }),
      403,
      'wrong-origin',
    ],
    ['an upload that is no POST', anUpload({ method: 'PUT' }), 405, 'wrong-method'],
    ['an upload of another origin', anUpload({ origin: ['http://127.0.0.1:4101'] }), 403, 'wrong-origin'],
    ['an upload across sites', anUpload({ secFetchSite: 'same-site' }), 403, 'cross-site'],
    ['an upload without a session', anUpload({ hasSession: false }), 403, 'no-session'],
    ['an upload that a form could send', anUpload({ contentType: 'text/plain' }), 415, 'not-a-file'],
    ['an upload in an encoding', anUpload({ contentEncoding: 'gzip' }), 415, 'not-a-file'],
    ['an upload of untold length', anUpload({ contentLength: null }), 411, 'not-a-file'],
    ['an upload of a length that is none', anUpload({ contentLength: Number.NaN }), 411, 'not-a-file'],
    ['an upload that is too long', anUpload({ contentLength: 5001 }), 413, 'too-large'],
    ['a download across sites', aGet('/downloads/abc', { secFetchSite: 'cross-site' }), 403, 'cross-site'],
    ['a download without a session', aGet('/downloads/abc', { hasSession: false }), 403, 'no-session'],

    ['the page by POST', aCall({ target: '/' }), 405, 'wrong-method'],
    ['the page by HEAD', aVisit('/', { method: 'HEAD' }), 405, 'wrong-method'],
    [
      'the page in a foreign frame',
      aVisit('/', { secFetchSite: 'cross-site', secFetchDest: 'iframe' }),
      403,
      'cross-site',
    ],
    [
      'a part of the page asked for by another',
      aGet('/assets/a.js', { secFetchSite: 'cross-site', secFetchMode: 'no-cors', secFetchDest: 'script' }),
      403,
      'cross-site',
    ],
    [
      'a launch code tried by an image',
      aVisit('/launch?code=abc', {
        secFetchSite: 'cross-site',
        secFetchMode: 'no-cors',
        secFetchDest: 'image',
      }),
      403,
      'cross-site',
    ],
    [
      'a launch code tried by a frame',
      aVisit('/launch?code=abc', { secFetchDest: 'iframe' }),
      403,
      'cross-site',
    ],
    ['a launch code by POST', aCall({ target: '/launch?code=abc' }), 405, 'wrong-method'],
  ])('%s', (_name, facts, status, reason) => {
    expect(decide(facts, policy)).toEqual({ allow: false, status, reason });
  });
});
