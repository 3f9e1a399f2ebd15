import { describe, expect, it } from 'vitest';
import { createEventHub } from '../../../src/main/dispatch/event-hub.ts';

describe('the event hub', () => {
  it('brings an event to everyone who listens, until they stop', () => {
    const hub = createEventHub();
    const heard: unknown[] = [];
    const end = hub.subscribe((name, payload) => heard.push(['first', name, payload]));
    hub.subscribe((name) => heard.push(['second', name]));
    hub.publish('usage.changed', { agreementIds: ['agmt-1'] });
    end();
    hub.publish('session.changed', {});
    expect(heard).toEqual([
      ['first', 'usage.changed', { agreementIds: ['agmt-1'] }],
      ['second', 'usage.changed'],
      ['second', 'session.changed'],
    ]);
  });

  it('hears one function twice when it was subscribed twice, and ends one at a time', () => {
    const hub = createEventHub();
    let times = 0;
    const listener = (): void => {
      times += 1;
    };
    const end = hub.subscribe(listener);
    hub.subscribe(listener);
    hub.publish('system.changed', {});
    end();
    hub.publish('system.changed', {});
    expect(times).toBe(3);
  });

  it('lets a listener that throws disturb neither the others nor the publisher', () => {
    const defects: unknown[] = [];
    const hub = createEventHub((cause) => defects.push(cause));
    const heard: string[] = [];
    hub.subscribe(() => {
      throw new Error('deaf');
    });
    hub.subscribe((name) => heard.push(name));
    hub.publish('settings.changed', {});
    expect(heard).toEqual(['settings.changed']);
    expect(defects).toEqual([new Error('deaf')]);
  });
});
