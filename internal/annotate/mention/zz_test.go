package mention
import ("testing";"fmt")
func TestZZ(t *testing.T){
 for _,x:=range []string{"Terano said today that it rained. Today he left.","He asked Norvik Chief Executive Anna Sohl."} {
 s:=newScanner(version(x))
 s.findInRunning()
 for _,n:=range s.names { fmt.Println(n.span.Of(s.src),n.kind,n.rule) }
 f:=newWeigher(s); f.take(0); a,b:=f.stretch(0)
 for i:=a;i<b;i++ { fmt.Println(f.p.words[i].lower, weightTable().score(f.features(i))) }
 fmt.Println(weightTable().step[0])
 }
}
