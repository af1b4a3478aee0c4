export function onPath(command: string): string | null;
export function findChromium(): string | null;
