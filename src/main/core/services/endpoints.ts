/** Whether calls may go where settings of this computer lead them: a person has to have seen exactly these. */
import type { Publish } from '../../../contract/api.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { SystemStatus } from '../../../contract/settings.ts';
import type { Preferences } from '../ports.ts';

type Overrides = Readonly<SystemStatus['endpointOverrides']>;

export interface EndpointsDeps {
  /** The overrides that hold now. Empty in practice, which lives by one. */
  readonly find: () => Overrides;
  readonly preferences: Preferences;
  readonly publish: Publish;
}

export interface Endpoints {
  readonly overrides: () => Overrides;
  readonly isAcknowledged: () => boolean;
  /** Takes the overrides as they were shown; they are remembered as this very set. */
  readonly acknowledge: (shown: Overrides) => Promise<Result<Record<string, never>>>;
}

/** Sets that were acknowledged long ago are asked about anew. */
const keptSets = 20;

export function createEndpoints({ find, preferences, publish }: EndpointsDeps): Endpoints {
  return {
    overrides: find,
    isAcknowledged: () => {
      const present = find();
      return present.length === 0 || preferences.get().acknowledgedEndpoints.includes(textOf(present));
    },
    acknowledge: async (shown) => {
      const text = textOf(shown);
      if (text !== textOf(find()))
        return err({ kind: 'not-possible-now', detail: 'other overrides hold now' });
      const stored = await preferences.update((before) => ({
        ...before,
        acknowledgedEndpoints: [...before.acknowledgedEndpoints.filter((one) => one !== text), text].slice(
          -keptSets,
        ),
      }));
      if (!stored.ok) return stored;
      publish('system.changed', {});
      return ok({});
    },
  };
}

function textOf(overrides: Overrides): string {
  return overrides
    .map(({ setting, url }) => `${setting} = ${url}`)
    .sort()
    .join('; ');
}
