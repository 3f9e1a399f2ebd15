/** What a person sees whose launch address is no good: plain words and the way in. */

export function launchRefusedPage(cause: 'refused' | 'stopped'): string {
  const why =
    cause === 'stopped'
      ? 'Too many wrong launch addresses were tried, so none is taken at the moment.'
      : 'This launch address has been used already, or is older than two minutes.';
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Usage Desk</title></head>
<body>
<h1>This address does not open Usage Desk any more</h1>
<p>${why} Each one works once.</p>
<p>To get in, run <code>npm start</code> in the terminal once more: the running Usage Desk then opens a new address and prints it.</p>
<p>If Usage Desk is open in this browser already, <a href="/">go to it</a>.</p>
</body>
</html>
`;
}
