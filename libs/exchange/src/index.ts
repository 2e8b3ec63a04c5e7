export * from './calendar-ics.js';
export * from './follow-ups-csv.js';
export * from './markdown-follow-ups.js';
export * from './markdown-status.js';
