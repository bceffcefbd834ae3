import type { Camera } from 'sigma';
import type { CameraState } from 'sigma/types';

/** Lets several drawn graphs show the same part: where one moves, the others move as well. */
export interface CameraLink {
  /** Adds a camera, which moves to where the others are, until the function that it returns is called. */
  join(camera: Camera): () => void;
}

export function createCameraLink(): CameraLink {
  const cameras = new Set<Camera>();
  let moving = false;
  return {
    join(camera) {
      const [other] = cameras;
      if (other !== undefined) camera.setState(other.getState());
      const moved = (state: CameraState) => {
        // What follows from a move is none of its own.
        if (moving) return;
        moving = true;
        for (const each of cameras) if (each !== camera) each.setState(state);
        moving = false;
      };
      cameras.add(camera);
      camera.on('updated', moved);
      return () => {
        cameras.delete(camera);
        camera.off('updated', moved);
      };
    },
  };
}
