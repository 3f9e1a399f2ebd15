import { z } from 'zod';

/** Steering by name: each scenario asks the practice AWS for one thing that a person may want to see once. */
export interface Scenarios {
  /**
   * Sets the scenario up; its effect shows with the next call of the app that it concerns. Gives what it was done to, by
   * name. Rejects when the practice AWS does not answer.
   */
  readonly run: (scenario: Scenario) => Promise<Readonly<Record<string, string>>>;
}

export type Scenario =
  | 'throttle-next-calls'
  | 'lose-next-answer'
  | 'lose-dimension'
  | 'refuse-next-call'
  | 'end-sign-in'
  | 'ten-thousand-contracts'
  | 'call-off';

const operation = 'BatchMeterUsage';
const nothing = {};

const listedSchema = z.object({
  agreements: z.array(
    z.object({ productId: z.string(), resourceType: z.string(), edge: z.string().optional() }),
  ),
  products: z.array(
    z.looseObject({
      id: z.string(),
      title: z.string(),
      dimensions: z.array(z.looseObject({ Key: z.string(), Types: z.array(z.string()) })).optional(),
    }),
  ),
});

/** `url` is the address of the practice AWS. */
export function createScenarios(url: string): Scenarios {
  const steer = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${url}/_practice/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`The practice AWS answered ${response.status} to ${method} ${path}.`);
    return response.json();
  };
  const fault = async (kind: string, times = 1) => {
    await steer('POST', 'faults', [{ operation, kind, times }]);
    return nothing;
  };

  /** Takes the last metered dimension out of the listing that has most of them left. */
  const loseDimension = async () => {
    const { products, agreements } = listedSchema.parse(await steer('GET', 'world'));
    const metered = (product: (typeof products)[number]) =>
      product.dimensions?.filter(({ Types }) => !Types.includes('Entitled')) ?? [];
    const sold = new Set(
      agreements.filter(({ resourceType }) => resourceType === 'SaaSProduct').map((one) => one.productId),
    );
    const [product] = products
      .filter(({ id }) => sold.has(id))
      .sort((a, b) => metered(b).length - metered(a).length);
    const lost = product === undefined ? undefined : metered(product).at(-1);
    if (product === undefined || lost === undefined) return nothing;
    const dimensions = product.dimensions?.filter((dimension) => dimension !== lost);
    await steer('PUT', `world/products/${encodeURIComponent(product.id)}`, { ...product, dimensions });
    return { productTitle: product.title, dimensionKey: lost.Key };
  };

  return {
    run: async (scenario) => {
      switch (scenario) {
        case 'throttle-next-calls':
          return fault('throttling', 2);
        case 'lose-next-answer':
          return fault('cut-after-store');
        case 'lose-dimension':
          return loseDimension();
        case 'refuse-next-call':
          return fault('access-denied');
        case 'end-sign-in':
          await steer('DELETE', 'sign-ins');
          return fault('expired-token');
        case 'ten-thousand-contracts':
          await steer('PUT', 'default-world', { agreements: 10_000 });
          return nothing;
        case 'call-off':
          await steer('DELETE', 'faults');
          return nothing;
      }
    },
  };
}
