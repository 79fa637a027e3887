/**
 * Amounts in whole units, such that together they are the rounded total: each is rounded down first, and those that lost the
 * most get the units that are missing, the earlier where two lost the same. Amounts are not negative; half units go up.
 */
export function wholeShares(amounts: readonly number[], unit: number): number[] {
  const shares = amounts.map((amount) => Math.floor(amount / unit));
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  const missing = Math.floor((total + unit / 2) / unit) - shares.reduce((sum, share) => sum + share, 0);
  const losers = [...amounts.keys()].sort((a, b) => ((amounts[b] ?? 0) % unit) - ((amounts[a] ?? 0) % unit) || a - b);
  for (const index of losers.slice(0, Math.max(0, missing))) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}
