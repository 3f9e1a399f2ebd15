export function AliasesMenu() {
  return null;
}
