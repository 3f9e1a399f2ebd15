/** Profiles and signing in. */
import type { AppError } from '../../../contract/errors.ts';
import type { SetupAccount, SetupSource } from '../../../contract/profile-setup.ts';
import type { Result } from '../../../contract/result.ts';
import type { CodeQuestion, Identity, ProfileList, SsoSession } from '../../../contract/session.ts';

export interface Profiles {
  /** Reads the AWS config and credentials files anew. */
  readonly list: () => Promise<ProfileList>;
}

/** How a person signs in at AWS: the browser comes back by itself, or a code is confirmed on AWS's page. */
export type SignInWay = 'browser' | 'device-code';

export interface SignInProgress {
  /** AWS's page waits for the person, for so long from now. */
  readonly page: (page: {
    readonly url: string;
    readonly userCode: string | null;
    readonly leftMs: number;
    readonly opened: boolean;
  }) => void;
  readonly finishing: () => void;
}

/** What is known of the end of a sign-in. */
export interface SignInEnd {
  /** In epoch ms as AWS stated it, or null where none is known. */
  readonly expiresAtMs: number | null;
  readonly renewsItself: boolean;
  /** When to ask for its renewal, or after its end; null where there is nothing to come. */
  readonly lookAgainAtMs: number | null;
}

/** What became of a sign-in that still holds. */
export interface SignInRenewal extends SignInEnd {
  /** Why it could not be renewed although that was due. */
  readonly problem: AppError | null;
  /** Whether it rests on another token than before: on a renewed one, or on one that another program put there. */
  readonly isNew: boolean;
}

export interface ConnectedIdentity extends SignInEnd {
  readonly identity: Identity;
  /** Whether the sign-in lies in the AWS CLI's cache. */
  readonly isShared: boolean;
}

export interface SignIn {
  /**
   * Signs in with a profile: in the system browser where no valid token is cached (`sso-session`), else through the SDK.
   * Afterwards every other AWS port works as this identity. Aborting leaves the former connection in place.
   */
  readonly connect: (
    profile: string,
    options: {
      readonly signal: AbortSignal;
      readonly progress: SignInProgress;
      readonly freshSignIn: boolean;
      readonly way: SignInWay;
      /** Asks the person for the code of a second factor: six digits. Rejects when the sign-in is cancelled. */
      readonly askCode: (question: CodeQuestion) => Promise<string>;
    },
  ) => Promise<Result<ConnectedIdentity>>;
  /**
   * Renews the sign-in where that is due and possible without a person, and takes up what another program has renewed. Fails with
   * `sign-in-expired` when it holds no more, and with what kept AWS from being asked.
   */
  readonly renew: () => Promise<Result<SignInRenewal>>;
  /** Forgets the connection in this process. */
  readonly disconnect: () => void;
  /**
   * Ends the sign-in at AWS and removes its token file, then forgets the connection. Without AWS's answer the file is removed all the same; a file that
   * can't be removed leaves everything as it was.
   */
  readonly signOut: () => Promise<Result<{ readonly endedAtAws: boolean }>>;
}

/** Signed in for a profile that doesn't exist yet. */
export interface SetupSignIn {
  readonly session: SsoSession;
  readonly accounts: readonly SetupAccount[];
  readonly roles: (accountId: string, signal: AbortSignal) => Promise<Result<readonly string[]>>;
  /** Writes the profile into the AWS config and keeps the sign-in where the AWS CLI looks for it. */
  readonly save: (profile: {
    readonly profileName: string;
    readonly accountId: string;
    readonly roleName: string;
  }) => Promise<Result<{ readonly configPath: string; readonly backupPath: string | null }>>;
  /**
   * Nothing is to be saved: ends a sign-in that was made for this alone, and says whether AWS could be told. One that was there before stays.
   * Never rejects.
   */
  readonly discard: () => Promise<{ readonly endedAtAws: boolean }>;
}

export interface ProfileSetupAws {
  /**
   * Signs in to a known SSO session, or to a new one that is kept only by `save`. Where nothing comes of it, aborted or not, a sign-in that was made
   * for it has been ended at AWS once this is over.
   */
  readonly signIn: (
    source: SetupSource,
    options: {
      readonly signal: AbortSignal;
      readonly progress: SignInProgress;
      readonly way: SignInWay;
      /** Leaves what is cached aside and asks the person. */
      readonly freshSignIn: boolean;
    },
  ) => Promise<Result<SetupSignIn>>;
}
