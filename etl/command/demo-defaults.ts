/** What a demo is made of unless told otherwise; 100,000 encounters over 24 months fit its four hospitals. */
export const demoDefaults = { encounters: 100_000, months: 24, seed: 1, bad: 0.002 } as const;
