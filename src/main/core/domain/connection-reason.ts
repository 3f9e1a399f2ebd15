/** What stands in the way of a connection that was never made. Pure. */
import type { ReasonCode } from '../../../contract/reason-codes.ts';

/**
 * Certificate checks fail in the TLS handshake, ahead of any byte of HTTP. https://nodejs.org/api/tls.html#x509-certificate-error-codes
 * Other TLS failures (`EPROTO`, alerts) can also follow a handshake and are left out on purpose.
 */
const certificateCodes = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** The proxy made no tunnel (https://nodejs.org/api/errors.html#err_proxy_tunnel), or was itself not reached: the app's own code. */
const proxyCodes = new Set(['ERR_PROXY_TUNNEL', 'ERR_PROXY_UNREACHABLE']);

/** The reason by the network's code: what stands in the way decides what helps. */
export function connectionReason(
  code: string | null,
): Extract<ReasonCode, 'certificate' | 'proxy' | 'offline'> {
  if (code === null) return 'offline';
  if (proxyCodes.has(code)) return 'proxy';
  return certificateCodes.has(code) ? 'certificate' : 'offline';
}
