/** What a person can set, and where things lie. */
import type { Publish } from '../../../contract/api.ts';
import type { Scheme } from '../../../contract/contracts.ts';
import type { AuditHead } from '../../../contract/ledger.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { MeteringRegion, Settings, Theme, WindowPolicy } from '../../../contract/settings.ts';
import type { Clock, Ledger, Preferences, ProductMetering } from '../ports.ts';
import { defaultMeteringRegion } from './contract-details.ts';
import type { Session } from './session.ts';

export interface Paths {
  readonly dataDir: string;
  readonly ledgerPath: string;
  readonly backupsDir: string;
  readonly preferencesPath: string;
  readonly draftsPath: string;
  readonly logPath: string;
}

export interface SettingsDeps {
  readonly preferences: Preferences;
  /** Where a broken drafts file was put aside at start, or null. */
  readonly draftsSetAside: string | null;
  readonly paths: Paths;
  readonly ledger: () => Result<Ledger>;
  readonly auditHead: () => Result<AuditHead>;
  readonly publish: Publish;
  readonly session: Pick<Session, 'identity'>;
  readonly clock: Pick<Clock, 'now'>;
}

type Done = Result<Record<string, never>>;

export interface SettingsService {
  readonly get: () => Settings;
  readonly change: (change: {
    readonly windowPolicy?: WindowPolicy | undefined;
    readonly theme?: Theme | undefined;
    readonly undoSeconds?: number | undefined;
  }) => Promise<Result<Settings>>;
  /** Empty text takes the name away. */
  readonly nameAccount: (accountId: string, name: string) => Promise<Done>;
  /** Answers the one-time question. A second answer is refused while records of the product hold slots under the first. */
  readonly chooseScheme: (product: {
    readonly productId: string;
    readonly productTitle: string | null;
    readonly scheme: Scheme;
  }) => Promise<Done>;
  readonly heldOf: (productId: string) => Result<{ readonly heldRecords: number }>;
  /**
   * Corrects an answer that was given before, or the Region. Records keep what they were confirmed with; hours that they hold are
   * refused under the new way, by the check of an entry and by the ledger itself.
   */
  readonly changeMetering: (product: {
    readonly productId: string;
    readonly productTitle: string | null;
    readonly scheme: Scheme;
    readonly meteringRegion: MeteringRegion;
  }) => Promise<Done>;
}

export function createSettings(deps: SettingsDeps): SettingsService {
  function get(): Settings {
    const stored = deps.preferences.get();
    const auditHead = deps.auditHead();
    return {
      windowPolicy: stored.windowPolicy,
      theme: stored.theme,
      undoSeconds: stored.undoSeconds,
      accountNames: Object.entries(stored.accountNames).map(([accountId, name]) => ({ accountId, name })),
      products: Object.entries(stored.products).map(([productId, product]) => ({ productId, ...product })),
      ...deps.paths,
      auditHead: auditHead.ok ? auditHead.value : null,
      preferencesSetAside: deps.preferences.setAside,
      draftsSetAside: deps.draftsSetAside,
    };
  }

  /**
   * In the trail first: a choice that nobody can trace must not take effect. One that then can't be kept is taken back there.
   * `before` is what the ledger says where no choice is kept.
   */
  async function meter(
    ledger: Ledger,
    choice: ProductMetering & {
      readonly productId: string;
      readonly productTitle: string | null;
      readonly before: ProductMetering | null;
    },
  ): Promise<Done> {
    const { productId, productTitle, scheme, meteringRegion } = choice;
    const kept = deps.preferences.get().products[productId] ?? choice.before;
    const before = kept && { scheme: kept.scheme, meteringRegion: kept.meteringRegion };
    const after = { scheme, meteringRegion };
    const isSame = before?.scheme === scheme && before.meteringRegion === meteringRegion;
    const note = (from: ProductMetering | null, to: ProductMetering | null): Result<void> =>
      ledger.noteMetering({
        atMs: deps.clock.now(),
        actor: deps.session.identity()?.principalArn ?? 'person at this computer',
        productId,
        before: from,
        after: to,
      });
    const noted = isSame ? ok(undefined) : note(before, after);
    if (!noted.ok) return noted;
    const stored = await deps.preferences.update((all) => ({
      ...all,
      products: {
        ...all.products,
        [productId]: {
          productTitle: productTitle ?? all.products[productId]?.productTitle ?? null,
          ...after,
        },
      },
    }));
    if (!stored.ok) {
      if (!isSame) note(after, before);
      return stored;
    }
    deps.publish('settings.changed', {});
    return ok({});
  }

  return {
    get,
    change: async (change) => {
      const stored = await deps.preferences.update((before) => ({
        ...before,
        windowPolicy: change.windowPolicy ?? before.windowPolicy,
        theme: change.theme ?? before.theme,
        undoSeconds: change.undoSeconds ?? before.undoSeconds,
      }));
      if (!stored.ok) return stored;
      deps.publish('settings.changed', {});
      return ok(get());
    },
    nameAccount: async (accountId, name) => {
      const trimmed = name.trim();
      const stored = await deps.preferences.update((before) => {
        const { [accountId]: _, ...others } = before.accountNames;
        return { ...before, accountNames: trimmed === '' ? others : { ...others, [accountId]: trimmed } };
      });
      if (!stored.ok) return stored;
      deps.publish('settings.changed', {});
      return ok({});
    },
    heldOf: (productId) => {
      const ledger = deps.ledger();
      if (!ledger.ok) return ledger;
      const held = ledger.value.heldCountOfProduct(productId);
      return held.ok ? ok({ heldRecords: held.value }) : held;
    },
    changeMetering: async ({ productId, productTitle, scheme, meteringRegion }) => {
      const ledger = deps.ledger();
      if (!ledger.ok) return ledger;
      const inLedger = ledger.value.meteringOfProduct(productId);
      if (!inLedger.ok) return inLedger;
      return meter(ledger.value, { productId, productTitle, before: inLedger.value, scheme, meteringRegion });
    },
    chooseScheme: async ({ productId, productTitle, scheme }) => {
      const ledger = deps.ledger();
      if (!ledger.ok) return ledger;
      const inLedger = ledger.value.meteringOfProduct(productId);
      if (!inLedger.ok) return inLedger;
      if (inLedger.value !== null && inLedger.value.scheme !== scheme) {
        const held = ledger.value.heldCountOfProduct(productId);
        return held.ok ? err({ kind: 'scheme-locked', heldRecords: held.value }) : held;
      }
      const before = deps.preferences.get().products[productId] ?? inLedger.value;
      const meteringRegion = before?.meteringRegion ?? defaultMeteringRegion;
      return meter(ledger.value, { productId, productTitle, before: inLedger.value, scheme, meteringRegion });
    },
  };
}
