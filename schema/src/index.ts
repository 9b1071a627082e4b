/** What server and web both know of a plan's shared document. Imports neither of them. */
export * from './canonical.js';
export * from './content.js';
export * from './document.js';
export * from './edits.js';
export * from './limits.js';
export * from './order.js';
export * from './parts.js';
export * from './paths.js';
export * from './personalData.js';
export * from './refusals.js';
export * from './shape.js';
