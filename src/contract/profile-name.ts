/** Names of profiles that the SDK and the AWS CLI both read; others they pass over. */
export const profileNamePattern = /^[A-Za-z0-9_@+.-]{1,64}$/;
