export { askAdmin, type AdminAnswer } from './ask-admin.js';
export { ADMIN_PROTOCOL, BadFrame, FRAME_BYTES_MAX, frameOf } from './frames.js';
export { serveAdmin, type AdminOptions, type AdminVerb } from './serve-admin.js';
export { ADMIN_SOCKET, adminSocketOf } from './socket-path.js';
