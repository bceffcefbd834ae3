import type { View } from '../../app.tsx';

const Shown: View = () => <h1>hosts</h1>;

export default Shown;
