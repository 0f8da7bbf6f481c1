import { createContext } from 'svelte';
import type { Release } from '../data/release.ts';

/** The release on show, for what every chart says of itself in a file; null before it has come. */
export const [servedRelease, setServedRelease] = createContext<() => Release | null>();
