import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** WCAG 2.2 at level AA, which includes the levels and versions below it. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Fails with each finding and where it is when axe finds anything on the page as it stands. */
export async function checkAccessibility(page: Page): Promise<void> {
  // The other mode needs a second page for frames, of which the app has none and for which real Electron has no place.
  // What is not asked for would be described node by node all the same, without the result types.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .withTags(tags)
    .analyze();
  const findings = violations
    .map(({ id, help, nodes }) => ({
      rule: `${id}: ${help}`,
      where: nodes
        .map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`)
        .filter((where) => id !== 'target-size' || !isScrolledAway(where)),
    }))
    .filter(({ where }) => where.length > 0);
  expect(findings, 'accessibility findings').toEqual([]);
}

/** What lies half beneath the bar, or at the edge of a dialog that scrolls, is whole once it is scrolled to. */
function isScrolledAway(where: string): boolean {
  return where.includes('because it is partially obscured');
}
