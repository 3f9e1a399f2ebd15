/** What AWS says that a role lacks. */

/** The IAM action that an AccessDenied message names, such as `aws-marketplace:BatchMeterUsage`; null when none. */
export function deniedAction(message: string): string | null {
  return /not authorized to perform:?\s+([\w-]+:\w+)/i.exec(message)?.[1] ?? null;
}
