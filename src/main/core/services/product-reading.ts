/**
 * The products of the listed agreements: each read once a reading of the list, in batches, beside the pages and without holding them up. What an
 * earlier reading told stays until AWS has told anew.
 */
import type { AppError } from '../../../contract/errors.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { Catalog, Product } from '../ports.ts';

export interface ProductReading {
  readonly get: (productId: string) => Product | null;
  /** Everything that was read, by id; null for a product that the catalog doesn't show. */
  readonly known: () => ReadonlyMap<string, Product | null>;
  /** From the last start; read anew all the same. */
  readonly remember: (products: readonly Product[]) => void;
  /** A new reading of the list begins. */
  readonly begin: () => void;
  /** Queues those that this reading has not asked for. */
  readonly want: (productIds: Iterable<string>) => void;
  /** Resolves when nothing is queued or under way. */
  readonly settled: () => Promise<void>;
  /** One product now, from what is known or from AWS. */
  readonly load: (productId: string) => Promise<Result<Product | null>>;
  readonly problem: () => AppError | null;
  readonly clear: () => void;
}

/** AWS documents no limit for a batch; this many are known to pass. */
const productsPerCall = 20;

export function createProductReading(deps: {
  readonly catalog: Catalog;
  /** These products are other than before, or the problem is. */
  readonly onRead: (productIds: ReadonlySet<string>) => void;
}): ProductReading {
  let products = new Map<string, Product | null>();
  let asked = new Set<string>();
  let queue: string[] = [];
  let problem: AppError | null = null;
  let run = 0;
  let working: Promise<void> = Promise.resolve();
  let isWorking = false;

  async function work(): Promise<void> {
    const mine = run;
    while (mine === run && queue.length > 0) {
      const ids = queue.splice(0, productsPerCall);
      const read = await deps.catalog.products(ids);
      if (mine !== run) return;
      if (read.ok) for (const id of ids) products.set(id, read.value.get(id) ?? null);
      else problem = read.error;
      deps.onRead(new Set(ids));
    }
    if (mine === run) isWorking = false;
  }

  function restart(): void {
    run += 1;
    asked = new Set();
    queue = [];
    problem = null;
    isWorking = false;
  }

  return {
    get: (productId) => products.get(productId) ?? null,
    known: () => products,
    remember: (known) => {
      for (const product of known) products.set(product.productId, product);
    },
    begin: restart,
    want: (productIds) => {
      for (const productId of productIds) {
        if (asked.has(productId)) continue;
        asked.add(productId);
        queue.push(productId);
      }
      if (isWorking || queue.length === 0) return;
      isWorking = true;
      working = work();
    },
    settled: () => working,
    load: async (productId) => {
      const known = products.get(productId);
      if (known !== undefined) return ok(known);
      const mine = run;
      const read = await deps.catalog.products([productId]);
      if (!read.ok) return read;
      const product = read.value.get(productId) ?? null;
      if (mine === run) products.set(productId, product);
      return ok(product);
    },
    problem: () => problem,
    clear: () => {
      restart();
      products = new Map();
    },
  };
}
