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

/**
 * The column by which a row of a versioned table is found again: when it was written. A narrow face may know of it only since later, and
 * says that in `recorded_from`.
 */
export const openedIn = ({ face }: Readonly<{ face: Face }>): 'recorded_from' | 'opened' =>
  face === 'INTERNAL' ? 'recorded_from' : 'opened';
