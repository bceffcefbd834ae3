import type Sigma from 'sigma';
import { NodeProgram, type NodeProgramType, type ProgramInfo } from 'sigma/rendering';
import type { NodeDisplayData, RenderParams } from 'sigma/types';
import { communityColors, type RING } from '../../pictures/colors.ts';
import { type Paint, SHADE_COLORS } from './paint.ts';

/** What all disks of a drawn graph are drawn from; another value of a field is seen when they are drawn again. */
export interface DiscLook {
  paint: Paint;
  /** By node, or null where communities are not to be seen. */
  communities: ArrayLike<number> | null;
  /** The color of rings, and that around nodes without one; 0..255 each. */
  ring: typeof RING;
  ground: typeof RING;
}

/** A program of disks, and what its instance on the nodes' layer does besides. */
export interface DiscProgram {
  readonly programClass: NodeProgramType;
  /** Draws the nodes again, as the look has them now, and nothing else: edges and labels stay. */
  repaint(): void;
}

/** A node's data for sigma, and its number. */
export interface DiscData {
  readonly node: number;
}

const UNIFORMS = ['u_matrix', 'u_pixels', 'u_ring', 'u_ground'] as const;
/** Where a node's colors begin among its bytes: after x, y and the size. */
const FILL = 12;
const RIM = 16;

// Sizes are in shares of the disk's radius: the ring ends at 1.35 (without a ring, at 1.12), the community's rim at 1.7.
const VERTEX_SHADER = /* glsl */ `
attribute vec4 a_fill;
attribute vec4 a_rim;
attribute vec2 a_position;
attribute float a_size;
uniform mat3 u_matrix;
uniform float u_pixels;
varying vec4 v_fill;
varying vec4 v_rim;
varying float v_end;
varying float v_pixel;
void main() {
  float radius = a_size * u_pixels;
  v_end = a_rim.a > 0.5 ? 1.7 : a_fill.a > 0.5 ? 1.35 : 1.12;
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  gl_PointSize = 2.0 * (radius * v_end + 1.0);
  v_pixel = 1.0 / radius;
  v_fill = a_fill;
  v_rim = a_rim;
}`;

const FRAGMENT_SHADER = /* glsl */ `
precision highp float;
uniform vec3 u_ring;
uniform vec3 u_ground;
varying vec4 v_fill;
varying vec4 v_rim;
varying float v_end;
varying float v_pixel;
void main(void) {
  float away = 2.0 * (v_end + v_pixel) * length(gl_PointCoord - 0.5);
  float ringEnd = v_fill.a > 0.5 ? 1.35 : 1.12;
  // Borders are as soft as a pixel is wide.
  float soft = 0.7 * v_pixel;
  vec3 around = v_fill.a > 0.5 ? u_ring : u_ground;
  vec3 color = mix(v_fill.rgb, around, smoothstep(1.0 - soft, 1.0 + soft, away));
  if (v_rim.a > 0.5) {
    color = mix(color, v_rim.rgb, smoothstep(ringEnd - soft, ringEnd + soft, away));
  }
  gl_FragColor = vec4(color, 1.0) * (1.0 - smoothstep(v_end - soft, v_end + soft, away));
}`;

/** A node program for sigma that draws `look`; nodes have their number as `node` among their data, in ascending order. */
export function createDiscProgram(look: DiscLook): DiscProgram {
  const drawn = new Set<Discs>();

  class Discs extends NodeProgram<(typeof UNIFORMS)[number]> {
    #bytes: Uint8Array = new Uint8Array();
    #nodes = 0;

    constructor(gl: WebGLRenderingContext, _pickingBuffer: unknown, renderer: Sigma) {
      // Nothing is drawn for picking: reading pixels back stalls where there is no GPU.
      super(gl, null, renderer);
      drawn.add(this);
    }

    getDefinition() {
      const { FLOAT, UNSIGNED_BYTE, POINTS } = WebGLRenderingContext;
      const color = { size: 4, type: UNSIGNED_BYTE, normalized: true };
      return {
        VERTICES: 1,
        VERTEX_SHADER_SOURCE: VERTEX_SHADER,
        FRAGMENT_SHADER_SOURCE: FRAGMENT_SHADER,
        METHOD: POINTS,
        UNIFORMS,
        ATTRIBUTES: [
          { name: 'a_position', size: 2, type: FLOAT },
          { name: 'a_size', size: 1, type: FLOAT },
          { name: 'a_fill', ...color },
          { name: 'a_rim', ...color },
        ],
      };
    }

    override reallocate(capacity: number) {
      super.reallocate(capacity);
      this.#bytes = new Uint8Array(this.array.buffer);
      this.#nodes = capacity;
    }

    processVisibleItem(_id: number, start: number, data: NodeDisplayData) {
      const { node } = data as unknown as DiscData;
      this.array[start] = data.x;
      this.array[start + 1] = data.y;
      this.array[start + 2] = data.size;
      this.#fill(node, 4 * start);
      this.#rim(node, 4 * start);
    }

    /** Bytes rather than floats: some bytes are a NaN, which need not stay what it is. */
    #fill(node: number, start: number) {
      const { shades, ringed } = look.paint;
      const bytes = this.#bytes;
      const shade = 3 * shades[node];
      bytes[start + FILL] = SHADE_COLORS[shade];
      bytes[start + FILL + 1] = SHADE_COLORS[shade + 1];
      bytes[start + FILL + 2] = SHADE_COLORS[shade + 2];
      bytes[start + FILL + 3] = 255 * ringed[node];
    }

    #rim(node: number, start: number) {
      const { communities } = look;
      if (communities !== null) {
        this.#bytes.set(communityColors(communities[node]).outline, start + RIM);
      }
      this.#bytes[start + RIM + 3] = communities === null ? 0 : 255;
    }

    setUniforms(params: RenderParams, { gl, uniformLocations: at }: ProgramInfo) {
      gl.uniform1f(at.u_pixels, params.pixelRatio / params.sizeRatio);
      gl.uniformMatrix3fv(at.u_matrix, false, params.matrix);
      gl.uniform3fv(at.u_ring, shares(look.ring));
      gl.uniform3fv(at.u_ground, shares(look.ground));
    }

    repaint() {
      const stride = 4 * this.STRIDE;
      for (let node = 0; node < this.#nodes; node++) this.#fill(node, node * stride);
      const params = this.renderer.getRenderParams();
      const { gl } = this.normalProgram;
      gl.bindFramebuffer(gl.FRAMEBUFFER, null);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.viewport(0, 0, params.width * params.pixelRatio, params.height * params.pixelRatio);
      this.bindProgram(this.normalProgram);
      this.renderProgram(params, this.normalProgram);
      this.unbindProgram(this.normalProgram);
    }

    override kill() {
      drawn.delete(this);
      super.kill();
    }
  }

  return {
    programClass: Discs as unknown as NodeProgramType,
    repaint: () => {
      for (const discs of drawn) discs.repaint();
    },
  };
}

/** For the layer of nodes under the pointer, which would show them as they looked before: draws nothing. */
export const NoDiscs = class {
  drawLabel: undefined;
  drawHover: undefined;
  kill() {}
  reallocate() {}
  process() {}
  render() {}
} as unknown as NodeProgramType;

function shares(color: readonly number[]): number[] {
  return color.map((part) => part / 255);
}
