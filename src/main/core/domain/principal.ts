/** Who acts, as far as it matters that the same one confirms what was reviewed. */

const assumedRole = /^(arn:[^:]+:sts::\d+:assumed-role\/([^/]+))\/.+$/;

/**
 * Whether two principals are the same person or program. The session of a plain role has a new name at every sign-in, so there the
 * role alone counts; IAM Identity Center names the session by the person, which then counts too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function isSamePrincipal(one: string, other: string): boolean {
  return actorOf(one) === actorOf(other);
}

function actorOf(principalArn: string): string {
  const role = assumedRole.exec(principalArn);
  if (role === null || role[2]?.startsWith('AWSReservedSSO_')) return principalArn;
  return role[1] ?? principalArn;
}
