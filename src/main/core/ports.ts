/**
 * What the core needs of the world, named for the need. Adapters and hosts fill these in; none of them returns a
 * library's own type. Instants inside the core are epoch milliseconds in UTC; AWS's time, not the computer's,
 * unless a name says otherwise.
 */
export type { AppError } from '../../contract/errors.ts';
export type { ReasonCode } from '../../contract/reason-codes.ts';
export type {
  AgreementPage,
  AgreementSummary,
  Agreements,
  AgreementTerms,
  Catalog,
  CatalogDimension,
  Entitlement,
  Entitlements,
  KeptList,
  LicenceState,
  ListCache,
  Product,
} from './ports/aws-reads.ts';
export type {
  ContractByHand,
  Drafts,
  Preferences,
  StoredDraft,
  StoredPreferences,
  Told,
  ToldFacts,
} from './ports/files.ts';
export type {
  ExportOrder,
  ExportWriting,
  HistoryReader,
  HistoryRows,
  StoredChoices,
  TotalRow,
  WrittenExport,
} from './ports/history.ts';
export type {
  BrowserOpener,
  ChosenFile,
  FileSource,
  PagePrinter,
  PracticeStarter,
  PracticeSteering,
  SaveTarget,
  Zip,
} from './ports/host.ts';
export type { HeldSlot, Ledger, ProductMetering, RecordQuery } from './ports/ledger.ts';
export type { LedgerKeeper, RestoreOutcome } from './ports/ledger-care.ts';
export type {
  MeteringAnswer,
  MeteringGateway,
  MeteringRequest,
  PreparedCall,
  SubmissionTrail,
} from './ports/metering.ts';
export type {
  ConnectedIdentity,
  ProfileSetupAws,
  Profiles,
  SetupSignIn,
  SignIn,
  SignInEnd,
  SignInProgress,
  SignInRenewal,
  SignInWay,
} from './ports/sign-in.ts';
export type { Clock, IncidentLog } from './ports/time.ts';
