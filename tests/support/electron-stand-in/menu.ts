/** `Menu`: kept as the shell described it; a spec reads it and chooses from it. */
import type { Menu as ElectronMenu, MenuItemConstructorOptions } from 'electron';
import { onOrder, record } from './control.ts';
import { mustBeReady } from './life.ts';
import { refuseTheRest } from './refuse-the-rest.ts';

type Template = readonly MenuItemConstructorOptions[];

/** Roles that Electron has, so that a misspelt one fails here as it would there. */
const knownRoles: ReadonlySet<string> = new Set([
  ...[
    'appmenu',
    'filemenu',
    'editmenu',
    'viewmenu',
    'windowmenu',
    'help',
    'about',
    'quit',
    'close',
    'reload',
    'forcereload',
  ],
  ...[
    'toggledevtools',
    'resetzoom',
    'zoomin',
    'zoomout',
    'togglefullscreen',
    'undo',
    'redo',
    'cut',
    'copy',
    'paste',
    'selectall',
  ],
  ...['minimize', 'front', 'window', 'hide', 'hideothers', 'unhide', 'services'],
]);

let current: Template = [];

function check(template: Template): void {
  for (const { role, submenu } of template) {
    if (role !== undefined && !knownRoles.has(role.toLowerCase()))
      throw new Error(`The stand-in for Electron knows no role "${role}".`);
    if (Array.isArray(submenu)) check(submenu);
  }
}

const templates = new WeakMap<ElectronMenu, Template>();

export const Menu = refuseTheRest<typeof ElectronMenu>('Menu', {
  buildFromTemplate: (template) => {
    // Items that are made already would be none of this stand-in's making.
    const plain = template as Template;
    check(plain);
    const menu = refuseTheRest<ElectronMenu>('Menu', {});
    templates.set(menu, plain);
    return menu;
  },
  setApplicationMenu: (menu) => {
    mustBeReady('Menu.setApplicationMenu');
    current = menu === null ? [] : (templates.get(menu) ?? []);
    record('Menu.setApplicationMenu', shapeOf(current));
  },
});

interface DescribedItem {
  readonly label?: string;
  readonly role?: string;
  readonly items?: readonly DescribedItem[];
}

const shapeOf = (template: Template): readonly DescribedItem[] =>
  template.map(({ label, role, submenu }) => ({
    ...(label === undefined ? {} : { label }),
    ...(role === undefined ? {} : { role }),
    ...(Array.isArray(submenu) ? { items: shapeOf(submenu) } : {}),
  }));

/** Chooses an item by its labels, from the bar down, as a click does. */
onOrder<readonly string[]>('choose-from-menu', (labels) => {
  let items = current;
  let chosen: MenuItemConstructorOptions | undefined;
  for (const label of labels) {
    chosen = items.find((item) => item.label?.replace('&', '') === label);
    items = Array.isArray(chosen?.submenu) ? chosen.submenu : [];
  }
  if (chosen?.click === undefined)
    throw new Error(`The menu has nothing to click under ${labels.join(' > ')}`);
  // Our items use neither the item nor the window of the click.
  (chosen.click as () => void)();
});
