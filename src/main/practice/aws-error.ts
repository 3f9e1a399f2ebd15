/** An answer of the simulated AWS that refuses a call. Carries AWS's own exception name. */
export class AwsError extends Error {
  readonly status: number;
  /** Further fields of the error body, in AWS's spelling. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(name: string, message: string, status = 400, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.details = details;
  }
}
