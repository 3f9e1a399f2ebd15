/**
 * Blanks what must never stand in a log or an error: AWS keys, session and bearer tokens, authorization codes, signatures.
 * Takes and gives text; it blanks rather too much than too little.
 */
export function redact(text: string): string {
  const named = rules.reduce(
    (current, [pattern, replacement]) => current.replace(pattern, replacement),
    text,
  );
  return named.replace(longWord, (word) => (looksRandom(word) ? blank : word));
}

const blank = '[redacted]';

/** Words after which a value is a secret, in JSON, headers, queries, ini files and object dumps alike. */
const secretNames = [
  'aws_secret_access_key',
  'aws_session_token',
  'secret_?access_?key',
  'session_?token',
  'security_?token',
  'access_?token',
  'refresh_?token',
  'registration_?token',
  'id_?token',
  'client_?secret',
  'device_?code',
  'code_?verifier',
  'code_?challenge',
  'secret',
  'password',
  'passwd',
  'signature',
  'x-amz-[\\w-]*token',
  'cookie',
  'set-cookie',
].join('|');

const rules: readonly (readonly [RegExp, string])[] = [
  [/\b(authorization)(["']?\s*[:=]\s*["']?)[^\r\n"']+/gi, `$1$2${blank}`],
  [/\bbearer\s+[\w.~+/=-]+/gi, `Bearer ${blank}`],
  [new RegExp(`((?:${secretNames})["']?\\s*[:=]\\s*["']?)[^\\s"',;&}]+`, 'gi'), `$1${blank}`],
  [/([?&](?:code|state|user_code)=)[^&\s"']+/gi, `$1${blank}`],
  // Access key ids name a key and are no secret by themselves; all but the last four characters go all the same.
  [/\b((?:AKIA|ASIA|AROA|AIDA))[A-Z0-9]{8,}([A-Z0-9]{4})\b/g, '$1…$2'],
  [/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, blank],
];

/** ARNs, addresses and ids have breaks in them and stay whole. */
const longWord = /(?<![\w/+=.-])[A-Za-z0-9+/_=]{40,}(?![\w/+=-])/g;

/** Tokens, keys and hashes mix their characters; a long name of a dimension does not. */
function looksRandom(word: string): boolean {
  if (/^[0-9a-f]+$/i.test(word)) return true;
  return /[a-z]/.test(word) && /[A-Z]/.test(word) && /[0-9+/=]/.test(word);
}
