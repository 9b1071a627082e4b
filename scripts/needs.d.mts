export function findBrowser(): string | undefined;
export function missingBrowser(): string | null;
export function missingMariadb(): string | null;
export function missingRedis(): string | null;
