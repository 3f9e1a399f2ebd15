/** Runs in a page: a violation of its policy becomes a console error, which tests hear. The browser's own report names no directive. */
export const tellViolations = `document.addEventListener('securitypolicyviolation', (event) => {
  console.error('policy violation: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile);
});`;
