/** How far the look-up of a location's coordinates is. Reference: 18-locations.md. */
export const geocodingStatuses = ['none', 'in_progress', 'retry', 'error', 'complete'] as const;
