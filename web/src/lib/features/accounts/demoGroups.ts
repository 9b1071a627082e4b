/** Demo accounts by organisation, the one with most people first; the given order within each. */
export function demoGroups<Account extends { readonly organisation: string }>(
  accounts: readonly Account[],
): { organisation: string; accounts: Account[] }[] {
  return [...Map.groupBy(accounts, (account) => account.organisation)]
    .map(([organisation, its]) => ({ organisation, accounts: its }))
    .toSorted((a, b) => b.accounts.length - a.accounts.length || a.organisation.localeCompare(b.organisation, 'sv'));
}
