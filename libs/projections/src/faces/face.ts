import type { Role } from '@saksgang/kernel';

/**
 * Through what the read models are seen. INTERNAL: all of it. STEERING: drafts and notes too, but of what is shielded only that it is
 * there. PUBLIC: what is published, as far as it is published, without notes, and of what is shielded only that it is there.
 */
export type Face = 'INTERNAL' | 'STEERING' | 'PUBLIC';
export const FACES: readonly Face[] = ['INTERNAL', 'STEERING', 'PUBLIC'];
export type NarrowFace = Exclude<Face, 'INTERNAL'>;
export const NARROW_FACES: readonly NarrowFace[] = ['STEERING', 'PUBLIC'];

const FACE_OF: Readonly<Record<Role, Face>> = {
  public: 'PUBLIC',
  steering: 'STEERING',
  secretariat: 'INTERNAL',
  auditor: 'INTERNAL',
  admin: 'INTERNAL',
};

/** Null: nobody is known to ask. */
export const faceOf = (role: Role | null): Face => FACE_OF[role ?? 'public'];
