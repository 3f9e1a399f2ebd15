/** The page's start. Its first paint is the document's own and waits for nothing; the app, with its styles, follows. */
void import('./start.tsx');
