import type { View } from '../../app.tsx';

const Shown: View = () => <h1>compare</h1>;

export default Shown;
