import type { View } from '../../app.tsx';

const Shown: View = () => <h1>start</h1>;

export default Shown;
