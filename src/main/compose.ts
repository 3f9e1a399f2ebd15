/** The one place where adapters meet the core. A host hands in what it can do and gets the handlers to bind. */
import { watchAwsFiles } from './adapters/aws/aws-files.ts';
import { composeHandlers } from './compose/handlers.ts';
import type { ComposeOptions } from './compose/options.ts';
import { composeServices } from './compose/services.ts';
import { type App, type Core, createReopenable, type Reopen } from './reopenable.ts';

export type { ComposeOptions, HostAbilities, Tuning } from './compose/options.ts';
export type { App } from './reopenable.ts';

/** The backup at start waits until the app has answered its page. */
const backupDelayMs = 1_000;

/** Builds the app on real adapters. The AWS settings are those of the process, which must own `dataDir`. */
export function compose(options: ComposeOptions): Promise<App> {
  return createReopenable({
    compose: (reopen) => composeCore(options, reopen),
    publish: options.hub.publish,
  });
}

async function composeCore(options: ComposeOptions, reopen: Reopen): Promise<Core> {
  const { hub, incidents } = options;
  const services = await composeServices(options, reopen);
  const {
    opened,
    restored,
    clock,
    publish,
    connection,
    session,
    profileSetup,
    permissions,
    list,
    sender,
    settlement,
    facts,
    auditHead,
    keeper,
    exports,
    undo,
    historyReader,
    listedAccount,
  } = services;

  session.onSignedIn((identity) => {
    listedAccount.signedIn(identity.accountId);
    // The held records are tried again with the new sign-in, and tell.
    permissions.forgetMetering();
    publish('system.changed', {});
    sender?.signedIn();
    settlement?.wake();
  });
  const stopListening = hub.subscribe((name, payload) => {
    if (name === 'usage.changed' && 'agreementIds' in payload) list.usageChanged(payload.agreementIds);
    if (name === 'usage.changed') settlement?.wake();
    if (name === 'usage.changed') facts?.wake();
  });
  const stopWatching = watchAwsFiles(() => {
    publish('profiles.changed', {});
    session.filesChanged();
  });
  undo.startAgain();
  facts?.start();
  sender?.start();
  const backupTimer = setTimeout(() => void backUpAtStart(), backupDelayMs);

  async function backUpAtStart(): Promise<void> {
    const head = auditHead();
    if (!head.ok || head.value.seq === 0) return;
    const made = await keeper.backUp(clock.now());
    if (made.ok && made.value.made) publish('settings.changed', {});
    if (!made.ok) incidents.note(`The backup at the start could not be made: ${made.error.kind}`);
  }

  return {
    handlers: composeHandlers(options, services),
    restored,
    timeShifted: () => {
      clock.rearm();
      publish('system.changed', {});
    },
    close: async () => {
      stopListening();
      stopWatching();
      clearTimeout(backupTimer);
      session.close();
      await profileSetup.close();
      await list.close();
      await keeper.close();
      exports.close();
      await historyReader.close();
      settlement?.close();
      await facts?.close();
      await sender?.close();
      if (opened.ok) opened.value.close();
      clock.close();
      // Credentials must not outlive the core that held them.
      connection.replace(null);
    },
  };
}
